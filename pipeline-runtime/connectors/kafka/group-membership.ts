import { type CommitOutcome, LogError, type TopicPosition } from '../log-port.ts'
import { type KafkaLink, pause } from './kafka-link.ts'
import { type AskAdmin, type KafkajsBroker, kafkaErrorOf } from './kafkajs-cluster.ts'
import { assignmentBytes, subscriptionBytes } from './wire-protocol.ts'

/** Our own name, so that a plain consumer with the same group id is refused by the broker instead of taking partitions. */
const PROTOCOL = 'millrace-single'
const REBALANCE_TIMEOUT_MS = 10_000
const GRACE_MS = 3_000

export interface GroupOptions {
  readonly group: string
  readonly topics: readonly string[]
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[]
  readonly sessionTimeoutMs: number
  /** Whether a member that is still there is known to be dead. */
  readonly exclusive: boolean
  readonly log: (line: string) => void
}

/** What a reader needs of its place in a group. */
export interface Membership {
  /** Called once, with the reason, when another reader has taken the group. */
  onLost: (error: LogError) => void
  commit(positions: readonly TopicPosition[]): Promise<CommitOutcome>
  leave(): Promise<void>
}

/** Of a reader without a group: it keeps nobody away and stores nothing. */
export function withoutGroup(): Membership {
  return { onLost: () => {}, commit: async () => 'refused', leave: async () => {} }
}

interface Member {
  readonly memberId: string
  readonly generationId: number
}

/**
 * Membership of the only reader of a group. It keeps a second run of the same pipeline away and lets other tools see positions; it
 * assigns nothing. The broker drops it when no heartbeat came for the session timeout.
 */
export class GroupMembership implements Membership {
  readonly #link: KafkaLink
  readonly #ask: AskAdmin
  readonly #options: GroupOptions
  #member: Member | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false
  /** Called once, with the reason, when another reader has taken the group. */
  onLost: (error: LogError) => void = () => {}

  constructor(link: KafkaLink, ask: AskAdmin, options: GroupOptions) {
    this.#link = link
    this.#ask = ask
    this.#options = options
  }

  /** Joins; waits for a dead member to time out; throws GROUP_IN_USE where a living one is there. */
  async join(): Promise<void> {
    await this.#waitUntilFree()
    try {
      await this.#joinAndSync('')
    } catch (error) {
      await this.leave()
      throw error
    }
    this.#beat()
  }

  async #waitUntilFree(): Promise<void> {
    const { group, sessionTimeoutMs, log } = this.#options
    const deadline = Date.now() + sessionTimeoutMs + GRACE_MS
    let loggedAt = 0
    for (;;) {
      if (this.#options.exclusive) await this.#dismissOthers()
      const member = await this.#otherMember()
      if (member === undefined) return
      const now = Date.now()
      if (now > deadline) throw this.#inUse(member)
      if (now - loggedAt >= 3_000) {
        loggedAt = now
        log(
          `The group "${group}" has the active member ${member}. If that run has crashed, Kafka drops it within ${Math.ceil((deadline - now) / 1000)} s; waiting for it.`,
        )
      }
      await pause(250)
    }
  }

  /** Lets dead members leave, so that the broker need not find out by their silence. */
  async #dismissOthers(): Promise<void> {
    const { group } = this.#options
    for (const { memberId } of await this.#others()) {
      const coordinator = await retry(() => this.#coordinator())
      await coordinator.leaveGroup({ groupId: group, memberId }).catch(() => {}) // it times out by itself
    }
  }

  async #others() {
    const { groups } = await retry(() => this.#ask((admin) => admin.describeGroups([this.#options.group])))
    return (groups[0]?.members ?? []).filter(({ memberId }) => memberId !== this.#member?.memberId)
  }

  async #otherMember(): Promise<string | undefined> {
    const [member] = await this.#others()
    return member === undefined ? undefined : `"${member.clientId}" on host ${member.clientHost.replace(/^\//, '')}`
  }

  #inUse(member: string): LogError {
    const { group } = this.#options
    return new LogError(
      'GROUP_IN_USE',
      `The group "${group}" has an active member, ${member}: this pipeline is running there already, and one pipeline runs once. Stop that run, or give this one another name.`,
    )
  }

  async #joinAndSync(memberId: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#joinOnce(this.#member?.memberId ?? memberId)
      } catch (error) {
        // Another run joined or left between our two requests.
        if (kafkaErrorOf(error).type !== 'REBALANCE_IN_PROGRESS' || attempt >= 5) throw error
      }
    }
  }

  async #joinOnce(memberId: string): Promise<void> {
    const { group, topics, partitions, sessionTimeoutMs } = this.#options
    const coordinator = await retry(() => this.#coordinator())
    const joined = await retry(() =>
      coordinator.joinGroup({
        groupId: group,
        sessionTimeout: sessionTimeoutMs,
        rebalanceTimeout: REBALANCE_TIMEOUT_MS,
        memberId,
        groupProtocols: [{ name: PROTOCOL, metadata: subscriptionBytes(topics) }],
      }),
    )
    this.#member = { memberId: joined.memberId, generationId: joined.generationId }
    if (joined.leaderId !== joined.memberId) {
      // Two runs joined at the same moment; the leader keeps the group.
      const other = (await this.#otherMember()) ?? 'that joined at the same moment'
      await this.leave()
      throw this.#inUse(other)
    }
    const groupAssignment = joined.members.map((member) => ({
      memberId: member.memberId,
      memberAssignment: assignmentBytes(member.memberId === joined.memberId ? partitions : []),
    }))
    await coordinator.syncGroup({ groupId: group, generationId: joined.generationId, memberId: joined.memberId, groupAssignment })
  }

  async #coordinator(): Promise<KafkajsBroker> {
    return (await this.#link.cluster()).findGroupCoordinator({ groupId: this.#options.group })
  }

  #beat(): void {
    this.#timer = setTimeout(() => {
      this.#heartbeat()
        .catch((error: unknown) => this.#lose(error))
        .finally(() => {
          if (!this.#closed) this.#beat()
        })
    }, this.#options.sessionTimeoutMs / 4)
    this.#timer.unref()
  }

  async #heartbeat(): Promise<void> {
    const member = this.#member
    if (this.#closed) return
    if (member === undefined) return this.#rejoin()
    try {
      const coordinator = await this.#coordinator()
      await coordinator.heartbeat({ groupId: this.#options.group, groupGenerationId: member.generationId, memberId: member.memberId })
    } catch (error) {
      const { type } = kafkaErrorOf(error)
      if (this.#closed) return
      if (type === 'REBALANCE_IN_PROGRESS') await this.#joinAndSync(member.memberId)
      else if (type === 'UNKNOWN_MEMBER_ID' || type === 'ILLEGAL_GENERATION') await this.#rejoin()
      // Anything else is a broker that does not answer: the fetch loop says so.
    }
  }

  /** The broker has dropped us, after a long pause of this process or of the network. Goes on only where nobody took our place. */
  async #rejoin(): Promise<void> {
    this.#member = undefined
    const other = await this.#otherMember()
    if (other !== undefined) throw this.#inUse(other)
    await this.#joinAndSync('')
    this.#options.log(`The group "${this.#options.group}" had dropped this reader after a pause; it has joined again.`)
  }

  #lose(error: unknown): void {
    // Anything but another reader is a broker that does not answer; the next beat tries again.
    if (this.#closed || !(error instanceof LogError) || error.code !== 'GROUP_IN_USE') return
    this.#closed = true
    this.onLost(error)
  }

  async commit(positions: readonly TopicPosition[]): Promise<CommitOutcome> {
    const member = this.#member
    if (positions.length === 0) return 'committed'
    if (member === undefined || this.#closed) return 'refused'
    const topics = [...new Set(positions.map(({ topic }) => topic))].map((topic) => ({
      topic,
      partitions: positions
        .filter((position) => position.topic === topic)
        .map(({ partition, offset }) => ({ partition, offset: String(offset) })),
    }))
    try {
      const coordinator = await this.#coordinator()
      await coordinator.offsetCommit({
        groupId: this.#options.group,
        groupGenerationId: member.generationId,
        memberId: member.memberId,
        topics,
      })
      return 'committed'
    } catch (error) {
      // An answer with a code is a refusal; no answer leaves it open whether the broker has stored them.
      return kafkaErrorOf(error).type === undefined ? 'unknown' : 'refused'
    }
  }

  async leave(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const member = this.#member
    this.#member = undefined
    if (member === undefined) return
    await this.#coordinator()
      .then((coordinator) => coordinator.leaveGroup({ groupId: this.#options.group, memberId: member.memberId }))
      .catch(() => {}) // it times out by itself
  }
}

/** Coordinators are not there for a second after a broker's start. */
async function retry<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (error) {
      const { type } = kafkaErrorOf(error)
      const passing =
        type === 'GROUP_COORDINATOR_NOT_AVAILABLE' || type === 'GROUP_LOAD_IN_PROGRESS' || type === 'NOT_COORDINATOR_FOR_GROUP'
      if (type === 'GROUP_AUTHORIZATION_FAILED')
        throw new LogError('NOT_AUTHORISED', "This sign-in may not use the pipeline's consumer group. It needs an ACL for READ on it.", {
          cause: error,
        })
      if (type === 'INCONSISTENT_GROUP_PROTOCOL')
        throw new LogError(
          'GROUP_IN_USE',
          "The pipeline's consumer group is used by consumers of another program. Stop them, or give the pipeline another name.",
          { cause: error },
        )
      if (!passing || attempt >= 20) throw error
      await pause(250)
    }
  }
}
