import { join } from 'path';
import { App, Aspects } from 'aws-cdk-lib';
import { ImdsClientSettings, ImdsUsage, Imdsv2, SdkDependencies } from 'cdk-imdsv2';
import { ComplianceStack } from './compliance-stack';
import { OrganizationStack } from './organization-stack';
import { RepairStack } from './repair-stack';
import { ShopStack } from './shop-stack';
import { WatchStack } from './watch-stack';
import { WorkersStack } from './workers-stack';

const app = new App();

// First, find SDKs that are too old for IMDSv2, and stop SDKs from falling back to IMDSv1.
const workers = new WorkersStack(app, 'Workers', { env: { region: 'eu-west-1' } });
Imdsv2.check(workers, { sdks: [SdkDependencies.inFolder(join(__dirname, 'service-of-2019'))] });
Aspects.of(workers).add(new ImdsClientSettings());

// Monitor IMDSv1 for some weeks.
new WatchStack(app, 'Watch', { env: { region: 'eu-west-1' } });
new OrganizationStack(app, 'Organization', { env: { region: 'eu-west-1' } });

// Change running instances in waves.
new RepairStack(app, 'Repair', { env: { region: 'eu-west-1' } });

// Then require IMDSv2 for resources that are ready. Each newer record adds some. Usually this is another app.
const shop = new ShopStack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
Imdsv2.enforce(shop, { onlyWhereReady: ImdsUsage.fromFile(join(__dirname, 'imdsv1-usage.json')) });

// AWS Config finds instances that allow IMDSv1 again.
new ComplianceStack(app, 'Compliance', { env: { region: 'eu-west-1' } });

app.synth();
