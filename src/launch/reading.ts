import type { LaunchResource } from './world';

/** Something that can be read of a resource. */
type Question<Answer> = (resource: LaunchResource) => Answer;

/** What was read of a resource: each question is answered once, when it is first asked, and again after something was written into the resource. */
export class Reading {
  private answers: Map<Question<unknown>, unknown> | undefined;

  public constructor(private readonly resource: LaunchResource) {}

  /** The answer to a question, which is a function that always reads the same. */
  public of<Answer>(question: Question<Answer>): Answer {
    const known = this.answers?.get(question);
    if (known !== undefined || this.answers?.has(question)) { return known as Answer; }
    const answer = question(this.resource);
    (this.answers ??= new Map()).set(question, answer);
    return answer;
  }

  /** Throws away what was read. */
  public forget(): void {
    this.answers = undefined;
  }
}
