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

// First what is too old for IMDSv2 is found in the files of its software, and no SDK falls back to IMDSv1 any more.
const workers = new WorkersStack(app, 'Workers', { env: { region: 'eu-west-1' } });
Imdsv2.check(workers, { sdks: [SdkDependencies.inFolder(join(__dirname, 'service-of-2019'))] });
Aspects.of(workers).add(new ImdsClientSettings());

// They watch, for weeks.
new WatchStack(app, 'Watch', { env: { region: 'eu-west-1' } });
new OrganizationStack(app, 'Organization', { env: { region: 'eu-west-1' } });

// What runs already is changed in waves.
new RepairStack(app, 'Repair', { env: { region: 'eu-west-1' } });

// Then what is ready requires IMDSv2, and more with each record that is newer. Usually this is another app.
const shop = new ShopStack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
Imdsv2.enforce(shop, { onlyWhereReady: ImdsUsage.fromFile(join(__dirname, 'imdsv1-usage.json')) });

// What comes back is found by AWS Config.
new ComplianceStack(app, 'Compliance', { env: { region: 'eu-west-1' } });

app.synth();
