/** What decides about instances without other settings. */
export const REGIONAL = 'the account default of the Region, or a declarative policy';

/** What decides about instances that a service manages in the account of the user. */
export const SERVICE_FIRST = `the service or, if it sets nothing, ${REGIONAL}`;

/** The AWS page on a type without a property for metadata options. */
export function referenceOf(type: string): string {
  return `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${type}.html`;
}

/** What decides about instances in accounts of the service. */
export const SERVICE_OWNED = 'the service, because its instances do not use your account defaults (see its documentation)';
