import { gap, paths, record, template } from '../record-builder';
import { SERVICE_OWNED, referenceOf } from './governed-by';

const GAME_SERVER_GROUP = record('AWS::GameLift::GameServerGroup', {
  launchesFrom: { references: [template('LaunchTemplate')], onNewVersion: 'in place' },
  instances: {
    instanceTypes: paths('InstanceDefinitions[].InstanceType'),
    subnets: paths('VpcSubnets[]'),
  },
});

const FLEET = record('AWS::GameLift::Fleet', { gaps: [gap({}, { governedBy: SERVICE_OWNED, source: referenceOf('gamelift-fleet') })] });

const CONTAINER_FLEET = record('AWS::GameLift::ContainerFleet', {
  gaps: [gap({}, { governedBy: SERVICE_OWNED, source: referenceOf('gamelift-containerfleet') })],
});

export const GAME_LIFT = [GAME_SERVER_GROUP, FLEET, CONTAINER_FLEET];
