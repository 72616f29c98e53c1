import type { ProgramRecord } from './environment';
import type { NetworkRecord, ResourceRecord } from './record';
import { APP_STREAM } from './records/app-stream';
import { AUTO_SCALING } from './records/auto-scaling';
import { BACKUP } from './records/backup';
import { BATCH, BATCH_SCRIPTS } from './records/batch';
import { BEDROCK_AGENT_CORE } from './records/bedrock-agent-core';
import { CLOUD9 } from './records/cloud9';
import { CODE_BUILD_PROGRAMS } from './records/code-build';
import { DATA_PIPELINE } from './records/data-pipeline';
import { DEADLINE } from './records/deadline';
import { EC2, EC2_NETWORK } from './records/ec2';
import { ECS, ECS_SCRIPTS } from './records/ecs';
import { EKS } from './records/eks';
import { ELASTIC_BEANSTALK } from './records/elastic-beanstalk';
import { EMR } from './records/emr';
import { GAME_LIFT } from './records/game-lift';
import { IMAGE_BUILDER, IMAGE_BUILDER_SCRIPTS } from './records/image-builder';
import { LAMBDA, LAMBDA_PROGRAMS } from './records/lambda';
import { LIGHTSAIL } from './records/lightsail';
import { PCS } from './records/pcs';
import { SAGEMAKER, SAGEMAKER_SCRIPTS } from './records/sagemaker';
import { SYSTEMS_MANAGER_SCRIPTS } from './records/systems-manager';
import { WORKSPACES_INSTANCES } from './records/workspaces-instances';

/** Every CloudFormation type that launches EC2 instances, or defines how they are launched. */
export const RECORDS: readonly ResourceRecord[] = [
  ...EC2,
  ...AUTO_SCALING,
  ...IMAGE_BUILDER,
  ...SAGEMAKER,
  ...APP_STREAM,
  ...ELASTIC_BEANSTALK,
  ...WORKSPACES_INSTANCES,
  ...EMR,
  ...EKS,
  ...BATCH,
  ...PCS,
  ...ECS,
  ...BACKUP,
  ...LAMBDA,
  ...LIGHTSAIL,
  ...GAME_LIFT,
  ...DEADLINE,
  ...BEDROCK_AGENT_CORE,
  ...CLOUD9,
  ...DATA_PIPELINE,
];

/** Every type that launches nothing, but shows whether instances have IPv6. */
export const NETWORK: readonly NetworkRecord[] = EC2_NETWORK;

/** Every type that launches nothing, but contains scripts that run on instances. */
export const SCRIPTS: readonly ResourceRecord[] = [
  ...IMAGE_BUILDER_SCRIPTS,
  ...SYSTEMS_MANAGER_SCRIPTS,
  ...ECS_SCRIPTS,
  ...BATCH_SCRIPTS,
  ...SAGEMAKER_SCRIPTS,
];

/** Every type that launches nothing and has no scripts, but runs programs with environment variables. */
export const PROGRAMS: readonly ProgramRecord[] = [...LAMBDA_PROGRAMS, ...CODE_BUILD_PROGRAMS];
