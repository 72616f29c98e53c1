import { UserDataScanner } from '../src/userdata/user-data-scanner';
import { least } from './statistics';

/** The first rounds include the compilation of the code. */
const ROUNDS = 40;
/** Typical user data, and texts that are difficult for parsers. */
const TEXTS: { readonly [name: string]: string } = {
  'calls': 'ID=$(curl -s "http://169.254.169.254/latest/meta-data/$KEY" | tr -d "\\n")\n',
  'packages and files': 'yum install -y httpd\ncat > /etc/app.conf <<EOF\nname=$NAME\nEOF\nsystemctl enable --now httpd\n',
  'functions': 'f() { local a="$1"; if [ -n "$a" ]; then echo "$a"; fi; }\nf x\n',
  'nested quotes': '"$(echo "`a`")" ',
  'PowerShell': '<powershell>\n$id = Invoke-RestMethod -Uri "http://169.254.169.254/latest/$a"\n</powershell>\n',
};
const SIZES = [16_384, 1_048_576];

/** Measures scans. Returns complaints if 16 KB take more than 10 ms, or 1 MB more than a second. */
export function scan(): string[] {
  return SIZES.flatMap(size => Object.entries(TEXTS).flatMap(([name, text]) => {
    const whole = text.repeat(Math.ceil(size / text.length)).slice(0, size);
    const times = Array.from({ length: ROUNDS }, () => cpuOf(whole));
    console.log(`${name}, ${size / 1024} KB: ${least(times).toFixed(1)} ms`);
    const most = size > 100_000 ? 1_000 : 10;
    return least(times) > most ? [`${name}: ${size / 1024} KB take ${least(times).toFixed(1)} ms, more than ${most}`] : [];
  }));
}

function cpuOf(text: string): number {
  const before = process.cpuUsage();
  UserDataScanner.scan(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
