import type { ProgramRecord } from '../environment';
import { variableLists } from '../environment';
import { parsePath } from '../path';

const TYPE = parsePath('Environment.Type');

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html */
const PROJECT: ProgramRecord = {
  type: 'AWS::CodeBuild::Project',
  environment: {
    places: [variableLists('Environment', { variables: 'EnvironmentVariables' })],
    runsOn: { kind: 'service', instancesWith: { path: TYPE, pattern: /_EC2$|^MAC_/ } },
    operatingSystems: [TYPE],
  },
};

export const CODE_BUILD_PROGRAMS = [PROJECT];
