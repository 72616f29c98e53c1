import { Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { plainText } from '../../model/plain-text';
import { listed } from '../../model/words';
import { addWarnings } from '../../org/warning';

const DOCS = 'https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs/stages.md';

/** Reports that settings do not reach the stages in a construct, because CDK aspects do not enter them: on a stack, or as an error if no stack is outside of stages. */
export function reportUnvisited(construct: IConstruct, isNeededIn: (stage: Stage) => boolean): void {
  const missed = construct.node.children.filter((child): child is Stage => Stage.isStage(child) && isNeededIn(child));
  if (missed.length === 0) { return; }
  const paths = listed(missed.map(({ node }) => node.path));
  const message = plainText(`${paths} does not get client settings, because aspects do not visit stages; add ImdsClientSettings to each stage (${DOCS})`);
  const stack = stackAround(construct) ?? stackIn(construct.node.root);
  if (stack) {
    addWarnings(stack, [{ id: 'Imdsv2::ClientSettingsLeft', message }]);
  } else {
    construct.node.addValidation({ validate: () => [message] });
  }
}

function stackAround(construct: IConstruct): Stack | undefined {
  return construct.node.scopes.find((scope): scope is Stack => Stack.isStack(scope));
}

/** The first stack that is in no stage. */
function stackIn(construct: IConstruct): Stack | undefined {
  if (Stack.isStack(construct)) { return construct; }
  for (const child of construct.node.children) {
    const stack = Stage.isStage(child) ? undefined : stackIn(child);
    if (stack) { return stack; }
  }
  return undefined;
}
