import { gap, record } from '../record-builder';
import { REGIONAL, referenceOf } from './governed-by';

export const BEDROCK_AGENT_CORE = [
  record('AWS::BedrockAgentCore::CapacityProvider', {
    gaps: [gap({ present: 'ComputeConfiguration.Ec2Configuration' }, { governedBy: REGIONAL, source: referenceOf('bedrockagentcore-capacityprovider') })],
  }),
];
