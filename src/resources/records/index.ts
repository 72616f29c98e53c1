import type { NetworkRecord, ResourceRecord } from '../record';
import { APP_STREAM } from './app-stream';
import { AUTO_SCALING } from './auto-scaling';
import { BACKUP } from './backup';
import { BATCH } from './batch';
import { BEDROCK_AGENT_CORE } from './bedrock-agent-core';
import { CLOUD9 } from './cloud9';
import { DATA_PIPELINE } from './data-pipeline';
import { DEADLINE } from './deadline';
import { EC2, EC2_NETWORK } from './ec2';
import { ECS } from './ecs';
import { EKS } from './eks';
import { ELASTIC_BEANSTALK } from './elastic-beanstalk';
import { EMR } from './emr';
import { GAME_LIFT } from './game-lift';
import { IMAGE_BUILDER } from './image-builder';
import { LAMBDA } from './lambda';
import { LIGHTSAIL } from './lightsail';
import { PCS } from './pcs';
import { SAGEMAKER } from './sagemaker';
import { WORKSPACES_INSTANCES } from './workspaces-instances';

/** Every CloudFormation type that launches EC2 instances, or says how they are launched. */
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

/** Every type that launches nothing, and tells whether instances have IPv6. */
export const NETWORK: readonly NetworkRecord[] = EC2_NETWORK;
