import { gap, record } from '../record-builder';
import { REGIONAL } from './governed-by';

export const BEDROCK_AGENT_CORE = [
  record('AWS::BedrockAgentCore::CapacityProvider', { gaps: [gap({ present: 'ComputeConfiguration.Ec2Configuration' }, REGIONAL)] }),
];
