import { Stack } from 'aws-cdk-lib';
import { FailOn, Imdsv2, SdkDependencies } from '../../src';
import type { RuleCase } from './rule-case';

/** The software of an app. */
export const DEPENDENCY_CASES: readonly RuleCase[] = [
  {
    id: 'Imdsv2::SdkTooOld',
    through: 'asked',
    bad(app) {
      new Stack(app, 'Shop');
      Imdsv2.check(app, {
        sdks: [SdkDependencies.inFolder('examples/transition/service-of-2019')], // boto3==1.9.253
        failOn: FailOn.NEVER,
      });
    },
    good(app) {
      new Stack(app, 'Shop');
      Imdsv2.check(app, {
        sdks: [SdkDependencies.inFolder('examples/transition/service')], // boto3==1.35.99
        failOn: FailOn.NEVER,
      });
    },
  },
  {
    id: 'Imdsv2::SdkUnknown',
    through: 'asked',
    bad(app) {
      new Stack(app, 'Shop');
      Imdsv2.check(app, {
        sdks: [SdkDependencies.inFolder('examples/transition/service-without-lock')], // boto3>=1.9
        failOn: FailOn.NEVER,
      });
    },
    good(app) {
      new Stack(app, 'Shop');
      Imdsv2.check(app, {
        sdks: [SdkDependencies.inFolder('examples/transition/service')], // boto3==1.35.99
        failOn: FailOn.NEVER,
      });
    },
  },
];
