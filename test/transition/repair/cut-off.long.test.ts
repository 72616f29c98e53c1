import { complaintsOf, cutOff } from './cut-off';

test('a run that is interrupted at any points can be continued, and rolled back to the former options', async () => {
  for (let seed = 100; seed < 300; seed++) {
    const complaints = complaintsOf(await cutOff(seed));
    expect({ seed, complaints }).toEqual({ seed, complaints: [] });
  }
}, 900_000);
