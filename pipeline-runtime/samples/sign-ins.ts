import { BOOLEAN, STRING, TIMESTAMP } from '../data/types.ts'
import { defineShape } from './generate.ts'
import { Random, Weighted } from './random.ts'

const USERS = 3000
const ATTACKER = '203.0.113.77'
const ATTEMPTS_PER_SECOND = 2
/** What one user fails at most in a minute, so that a rule per user sees nothing. */
const MOST_FAILED = 2
const MINUTE = 60_000
const METHODS = new Weighted([
  ['password', 8],
  ['passkey', 3],
  ['sso', 2],
])

export const signIns = defineShape({
  name: 'sign-ins',
  title: 'Sign-ins',
  description: 'People signing in: user, address, method and whether it worked. One address tries one password on many users.',
  columns: [
    { name: 'user', type: STRING },
    { name: 'ip', type: STRING },
    { name: 'method', type: STRING },
    { name: 'success', type: BOOLEAN },
    { name: 'at', type: TIMESTAMP, unit: 'ms' },
  ],
  eventTimeColumn: 'at',
  keyColumn: 'user',
  faults: [
    {
      name: 'password-guessing',
      title: 'Password guessing',
      description: 'For 9 minutes one address tries 120 users a minute, each only once.',
    },
  ],
  defaults: { ratePerSecond: 20, delayedShare: 0, delayMinMs: 1000, delayMaxMs: 5000 },
  delayableShare: 1,
  delayStream: 1,
  rows({ seed, ratePerSecond, fault }) {
    const random = new Random(seed, 'sign-ins')
    const attacks = fault('password-guessing')
    const attackShare = Math.min(ATTEMPTS_PER_SECOND / ratePerSecond, 0.5)
    const failed = new Map<number, number>()
    let minute = Number.NaN
    let victim = random.below(USERS)
    return (timeMs, index, faultMs) => {
      if (Math.floor(timeMs / MINUTE) !== minute) {
        minute = Math.floor(timeMs / MINUTE)
        failed.clear()
      }
      const person = random.below(USERS)
      const method = METHODS.pick(random.unit())
      const outcome = random.unit()
      const elsewhere = random.unit() < 0.05
      const turn = Math.floor((index + 1) * attackShare) > Math.floor(index * attackShare)
      const attack = attacks && turn && faultMs >= 3 * MINUTE && faultMs < 12 * MINUTE
      if (attack) {
        do victim = (victim + 1) % USERS
        while ((failed.get(victim) ?? 0) >= MOST_FAILED)
      }
      const user = attack ? victim : person
      const before = failed.get(user) ?? 0
      const success = !attack && (outcome >= 0.04 || before >= MOST_FAILED)
      if (!success) failed.set(user, before + 1)
      const ip = attack ? ATTACKER : addressOf(user, elsewhere)
      const name = `user-${String(user + 1).padStart(4, '0')}`
      const json = `{"user":"${name}","ip":"${ip}","method":"${attack ? 'password' : method}","success":${success},"at":${timeMs}}`
      return { key: name, json, delayable: true }
    }
  },
})

/** One in five works in one of ten offices, that share an address each; the others have their own, and another one on the way. */
function addressOf(user: number, elsewhere: boolean): string {
  if (elsewhere) return `100.64.${user >> 8}.${user & 255}`
  if (user % 5 === 0) return `198.51.100.${10 + (user % 50) / 5}`
  return `10.20.${user >> 8}.${user & 255}`
}
