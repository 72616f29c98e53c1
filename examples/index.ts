import { App } from 'aws-cdk-lib';
import { FleetStack } from './fleet/fleet-stack';
import { GoldenImageStack } from './golden-image/golden-image-stack';
import { ProductionStage } from './legacy/production-stage';
import { WebTierStack } from './legacy/web-tier-stack';
import { PlatformStack } from './platform/platform-stack';

/** A whole app that launches EC2 instances and does not require IMDSv2 by itself. */
export interface Example {
  /** Name of the folder. */
  readonly name: string;
  /** What the app shows, in one line. */
  readonly title: string;
  /** Adds the stacks and stages of the example to the app, without enforcement. */
  build(app: App): void;
}

/** Every example of this folder. */
export const EXAMPLES: Example[] = [
  {
    name: 'fleet',
    title: 'EC2 instances, groups, fleets and container hosts in one VPC',
    build: (app) => {
      new FleetStack(app, 'Fleet');
    },
  },
  {
    name: 'platform',
    title: 'Managed services that launch EC2 instances and have their own options for IMDSv2',
    build: (app) => {
      new PlatformStack(app, 'Platform');
    },
  },
  {
    name: 'legacy',
    title: 'An included template, a nested stack, and a stage with escape hatches',
    build: (app) => {
      new WebTierStack(app, 'WebTier');
      new ProductionStage(app, 'Production');
    },
  },
  {
    name: 'golden-image',
    title: 'AMIs that require IMDSv2: built by Image Builder, registered from a snapshot, or existing',
    build: (app) => {
      new GoldenImageStack(app, 'GoldenImage');
    },
  },
];
