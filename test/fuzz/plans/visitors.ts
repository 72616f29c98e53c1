import type { IAspect } from 'aws-cdk-lib';
import { CfnResource, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { UserAspect } from './apps';

/** The places of the options in the types of hosts. */
export const OPTIONS: { readonly [type: string]: string } = {
  'AWS::EC2::Instance': 'MetadataOptions',
  'AWS::AutoScaling::LaunchConfiguration': 'MetadataOptions',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.MetadataOptions',
};

type Typed = CfnResource & { metadataOptions?: object; launchTemplateData?: object };

export function holdsOptions(node: IConstruct): node is CfnResource {
  return CfnResource.isCfnResource(node) && node.cfnResourceType in OPTIONS;
}

/** The aspect of a plan. */
export function visitorOf({ effect }: Pick<UserAspect, 'effect'>): IAspect {
  return { visit: node => { if (holdsOptions(node)) { change(node, effect); } } };
}

function change(resource: CfnResource, effect: UserAspect['effect']): void {
  const options = OPTIONS[resource.cfnResourceType];
  switch (effect) {
    case 'other': resource.addPropertyOverride('Other', 'x'); break;
    case 'deleted': resource.addPropertyDeletionOverride(options); break;
    case 'optional': case 'required': resource.addPropertyOverride(`${options}.HttpTokens`, effect); break;
    case 'spread': rewrite(resource, before => ({ ...before, httpPutResponseHopLimit: 2 })); break;
    case 'spread optional': rewrite(resource, before => ({ ...before, httpTokens: 'optional' })); break;
    case 'fresh': rewrite(resource, () => ({ httpTokens: 'required', httpEndpoint: 'enabled' })); break;
    case 'another type': resource.addOverride('Type', 'AWS::SNS::Topic'); break;
  }
}

/** Rewrites typed options, as an aspect does that knows one setting. */
function rewrite(resource: Typed, anew: (before: object) => object): void {
  if ('metadataOptions' in resource) {
    if (!Token.isUnresolved(resource.metadataOptions)) { resource.metadataOptions = anew(resource.metadataOptions ?? {}); }
  } else if ('launchTemplateData' in resource && !Token.isUnresolved(resource.launchTemplateData)) {
    const data = resource.launchTemplateData as { metadataOptions?: object };
    if (!Token.isUnresolved(data.metadataOptions)) { resource.launchTemplateData = { ...data, metadataOptions: anew(data.metadataOptions ?? {}) }; }
  }
}
