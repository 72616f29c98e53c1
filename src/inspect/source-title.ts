/** What is launched from, by its type: `the launch template`, or `the AWS::AutoScaling::LaunchConfiguration`. */
export function sourceTitle(type: string, article: 'the' | 'a' = 'the'): string {
  if (type === 'AWS::EC2::LaunchTemplate') { return `${article} launch template`; }
  return `${article === 'a' ? 'an' : article} ${type}`;
}
