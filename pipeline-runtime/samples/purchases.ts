import { DOUBLE, STRING, TIMESTAMP } from '../data/types.ts'
import { defineShape } from './generate.ts'
import { Random, Weighted } from './random.ts'

const COUNTRIES = new Weighted<readonly [name: string, spends: number]>([
  [['DE', 1.05], 30],
  [['FR', 1], 20],
  [['NL', 1.1], 14],
  [['IT', 0.95], 12],
  [['ES', 0.85], 10],
  [['AT', 1.1], 6],
  [['BE', 1], 5],
  [['PL', 0.75], 3],
])
const DEVICES = new Weighted<'phone' | 'desktop' | 'tablet'>([
  ['phone', 45],
  ['desktop', 45],
  ['tablet', 10],
])
const SPENDS = { phone: 27.6, desktop: 42, tablet: 38 } as const
const MINUTE = 60_000

export const purchases = defineShape({
  name: 'purchases',
  title: 'Purchases',
  description:
    'Purchases of a web shop in eight countries: country, amount, payment status and device. Some from phones arrive 10 to 90 seconds late.',
  columns: [
    { name: 'country', type: STRING },
    { name: 'amount', type: DOUBLE },
    { name: 'status', type: STRING },
    { name: 'device', type: STRING },
    { name: 'at', type: TIMESTAMP, unit: 'ms' },
  ],
  eventTimeColumn: 'at',
  keyColumn: 'country',
  faults: [
    { name: 'nl-declined', title: 'NL payments declined', description: 'For 3 minutes every payment from the Netherlands is declined.' },
  ],
  defaults: { ratePerSecond: 40, delayedShare: 0.03, delayMinMs: 10_000, delayMaxMs: 90_000 },
  delayableShare: 0.45,
  delayStream: 259,
  rows({ seed, fault }) {
    const random = new Random(seed, 'purchases')
    const declinesNl = fault('nl-declined')
    return (timeMs, _index, faultMs) => {
      const [country, factor] = COUNTRIES.pick(random.unit())
      const device = DEVICES.pick(random.unit())
      const amount = Math.max(1, Math.round(SPENDS[device] * factor * Math.exp(0.6 * random.normal()) * 100) / 100)
      const outcome = random.unit()
      const declined = declinesNl && country === 'NL' && faultMs >= 6 * MINUTE && faultMs < 9 * MINUTE
      const status = declined || outcome >= 0.95 ? 'declined' : outcome >= 0.85 ? 'open' : 'paid'
      const json = `{"country":"${country}","amount":${amount},"status":"${status}","device":"${device}","at":${timeMs}}`
      return { key: country, json, delayable: device === 'phone' }
    }
  },
})
