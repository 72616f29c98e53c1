import { foundIn } from './folders';

const SET = "ext { awsVersion = '1.11.2' }\n";

test.each([
  ['a map', 'compile group: \'com.amazonaws\', name: \'aws-java-sdk-sns\', version: awsVersion'],
  ['a map with a path to it', 'compile group: \'com.amazonaws\', name: \'aws-java-sdk-sns\', version: ext.awsVersion'],
  ['named arguments of Kotlin', 'implementation(group = "com.amazonaws", name = "aws-java-sdk-sns", version = awsVersion)'],
  ['arguments of Kotlin', 'implementation("com.amazonaws", "aws-java-sdk-sns", awsVersion)'],
  ['a rich version', 'implementation("com.amazonaws:aws-java-sdk-sns") { version { strictly awsVersion } }'],
  ['a rich version of Kotlin', 'implementation("com.amazonaws:aws-java-sdk-sns") { version { strictly(awsVersion) } }'],
])('a variable without quotes is resolved in %s', (_, line) => {
  expect(foundIn({ 'build.gradle': SET + line })).toEqual(['build.gradle:2 com.amazonaws:aws-java-sdk-sns 1.11.2 too old']);
  expect(foundIn({ 'build.gradle': line })).toEqual(['build.gradle:1 com.amazonaws:aws-java-sdk-sns ? unknown']);
});
