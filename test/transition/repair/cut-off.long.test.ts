import { complaintsOf, cutOff } from './cut-off';

test('whichever points a run is cut off at, it is gone on with and taken back to what was there', async () => {
  for (let seed = 100; seed < 300; seed++) {
    const complaints = complaintsOf(await cutOff(seed));
    expect({ seed, complaints }).toEqual({ seed, complaints: [] });
  }
}, 900_000);
