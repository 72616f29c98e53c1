/** A CloudFormation type or path as a part of a rule's name: `AWS::EC2::LaunchTemplate` is `ec2_launch_template`. */
export function snakeCase(name: string): string {
  return name
    .replace(/^AWS::/, '')
    .replaceAll('[]', '.each')
    .replace(/([a-z])([A-Z])|([a-z\d])([A-Z][a-z])/g, (_, ...[lower, upper, digit, word]: string[]) => `${lower ?? digit}_${upper ?? word}`)
    .replace(/\W+/g, '_')
    .replace(/^_/, '')
    .toLowerCase();
}

/** The public name of a rule: its requirement and the type. */
export function ruleName(subject: string, type: string): string {
  return `imdsv2_${subject}_${snakeCase(type)}`;
}
