import { DOUBLE, STRING, TIMESTAMP } from '../data/types.ts'
import { defineShape } from './generate.ts'
import { Random } from './random.ts'

const SENSORS = 20
const HOTTEST = 16
const STUCK = 6
const MINUTE = 60_000
const DAY_WAVE_MS = 20 * MINUTE

export const sensorReadings = defineShape({
  name: 'sensor-readings',
  title: 'Sensor readings',
  description: 'Temperatures of 20 sensors in four halls. One runs hot and is right; one is stuck.',
  columns: [
    { name: 'sensor', type: STRING },
    { name: 'hall', type: STRING },
    { name: 'celsius', type: DOUBLE },
    { name: 'at', type: TIMESTAMP, unit: 'ms' },
  ],
  eventTimeColumn: 'at',
  keyColumn: 'sensor',
  faults: [
    { name: 'stuck', title: 'A stuck sensor', description: 'From the fourth minute on one sensor reports the same value again and again.' },
    { name: 'hot', title: 'A hot sensor', description: 'One sensor hangs above an oven: hotter than all others, and right.' },
  ],
  defaults: { ratePerSecond: 20, delayedShare: 0, delayMinMs: 1000, delayMaxMs: 5000 },
  delayableShare: 1,
  delayStream: 1,
  rows({ seed, fault }) {
    const random = new Random(seed, 'sensor-readings')
    const stuck = fault('stuck')
    const hot = fault('hot')
    const bases = Array.from({ length: SENSORS }, () => 19 + 4 * random.unit())
    return (timeMs, index, faultMs) => {
      const s = index % SENSORS
      const base = bases[s] as number
      // Neighbouring readings lie on different sides of the mean, so that a live sensor never repeats itself.
      const side = Math.floor(index / SENSORS) % 2 === 0 ? 1 : -1
      const noise = side * (0.05 + 0.25 * random.unit())
      const wave = 0.8 * Math.sin((2 * Math.PI * timeMs) / DAY_WAVE_MS + s)
      const isStuck = stuck && s === STUCK && faultMs >= 4 * MINUTE
      const celsius = isStuck ? base : base + wave + noise + (hot && s === HOTTEST ? 17 : 0)
      const hall = String.fromCharCode(65 + Math.floor(s / 5))
      const sensor = `${hall}${(s % 5) + 1}`
      const json = `{"sensor":"${sensor}","hall":"${hall}","celsius":${Math.round(celsius * 100) / 100},"at":${timeMs}}`
      return { key: sensor, json, delayable: true }
    }
  },
})
