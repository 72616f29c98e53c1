import type { LaunchResource } from './world';

/** Something that can be read of a resource. */
type Question<Answer> = (resource: LaunchResource) => Answer;

/** The readings of a resource: each function runs once on the first call, and again after a write to the resource. */
export class Reading {
  /** A list, and no map: most resources are asked one question or two, and there are many of them. */
  private answered: { readonly question: Question<unknown>; readonly answer: unknown }[] | undefined;

  public constructor(private readonly resource: LaunchResource) {}

  /** The answer to a question, which is a function that always reads the same. */
  public of<Answer>(question: Question<Answer>): Answer {
    const { answered } = this;
    for (let index = 0; answered && index < answered.length; index++) {
      if (answered[index].question === question) { return answered[index].answer as Answer; }
    }
    const answer = question(this.resource);
    (this.answered ??= []).push({ question, answer });
    return answer;
  }

  /** Clears the readings. */
  public forget(): void {
    this.answered = undefined;
  }
}
