import type { Answer, Call } from '../harness/aws-server';
import { succeeded } from '../harness/aws-server';
import { element } from '../harness/xml';

/** The data of a resource in CloudFormation. */
export interface ResourceView {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
}

/** The data of a stack in CloudFormation. */
export interface StackView {
  readonly status: string;
  readonly resources: readonly ResourceView[];
}

/** The number of resources in a page. */
const PAGE = 2;

/** The response of CloudFormation about a stack, or `undefined` for another call. */
export function stackAnswer({ action, parameters }: Call, { status, resources }: StackView): Answer | undefined {
  switch (action) {
    case 'DescribeStacks': return answer(action, `<Stacks><member>${element('StackName', 'Account')}${element('StackStatus', status)}</member></Stacks>`);
    case 'DescribeStackResource': {
      const found = resources.find(({ logicalId }) => logicalId === parameters.LogicalResourceId);
      return answer(action, found ? `<StackResourceDetail>${elements(found)}</StackResourceDetail>` : '');
    }
    case 'ListStackResources': {
      const from = Number(parameters.NextToken ?? 0);
      const items = resources.slice(from, from + PAGE).map(each => `<member>${elements(each)}</member>`);
      const next = from + PAGE < resources.length ? element('NextToken', String(from + PAGE)) : '';
      return answer(action, `<StackResourceSummaries>${items.join('')}</StackResourceSummaries>${next}`);
    }
    default: return undefined;
  }
}

function elements({ logicalId, physicalId, type, status }: ResourceView): string {
  return element('LogicalResourceId', logicalId) + (physicalId === undefined ? '' : element('PhysicalResourceId', physicalId))
    + element('ResourceType', type) + element('ResourceStatus', status);
}

function answer(action: string, result: string): Answer {
  return succeeded(`<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`);
}
