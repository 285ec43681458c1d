import type { WireRequest } from '../kafkajs-cluster.ts'
import { WireWriter, wireRequest } from '../wire-protocol.ts'

/** Kafka's own words for the codes that the doctor meets. */
export const DoctorCode = {
  none: 0,
  unknownTopic: 3,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  invalidTopic: 17,
  topicAuthorizationFailed: 29,
  groupAuthorizationFailed: 30,
  unsupportedMechanism: 33,
  illegalSaslState: 34,
} as const

/** What a sign-in may do with a topic or group, as Kafka's AclOperation numbers it. */
export const AclOperation = { read: 3, write: 4 } as const

export function apiVersionsRequest(): WireRequest<{ readonly errorCode: number; readonly count: number }> {
  return wireRequest(
    18,
    0,
    'ApiVersions',
    () => new WireWriter().body(),
    (input) => ({ errorCode: input.int16(), count: input.array(() => input.skip(6)).length }),
  )
}

export function saslHandshakeRequest(
  mechanism: string,
): WireRequest<{ readonly errorCode: number; readonly mechanisms: readonly string[] }> {
  return wireRequest(
    17,
    1,
    'SaslHandshake',
    () => new WireWriter().string(mechanism).body(),
    (input) => ({ errorCode: input.int16(), mechanisms: input.array(() => input.string()) }),
  )
}

export interface SaslAnswer {
  readonly errorCode: number
  readonly message: string
  readonly bytes: Buffer
}

export function saslAuthenticateRequest(bytes: Buffer): WireRequest<SaslAnswer> {
  return wireRequest(
    36,
    1,
    'SaslAuthenticate',
    () => new WireWriter().bytes(bytes).body(),
    (input) => ({ errorCode: input.int16(), message: input.string(), bytes: input.bytes() }),
  )
}

export interface ClusterMetadata {
  readonly brokers: readonly { readonly id: number; readonly host: string; readonly port: number }[]
  readonly clusterId: string
  readonly topics: readonly {
    readonly errorCode: number
    readonly name: string
    readonly partitions: readonly { readonly leader: number }[]
    /** A bit for each operation; `undefined` where the broker did not say. */
    readonly operations: number | undefined
  }[]
}

/** Metadata, version 8: the brokers, and of the topics that are named what this sign-in may do with them. */
export function metadataRequest(topics: readonly string[]): WireRequest<ClusterMetadata> {
  const encode = () => {
    const out = new WireWriter().int32(topics.length)
    for (const topic of topics) out.string(topic)
    return out.int8(0).int8(0).int8(1).body() // makes no topics, tells nothing of the cluster's rights, tells those of topics
  }
  return wireRequest(3, 8, 'Metadata', encode, (input) => {
    input.skip(4) // throttle time
    const brokers = input.array(() => {
      const broker = { id: input.int32(), host: input.string(), port: input.int32() }
      input.string() // rack
      return broker
    })
    const clusterId = input.string()
    input.skip(4) // controller
    const topics = input.array(() => {
      const head = { errorCode: input.int16(), name: input.string() }
      input.skip(1) // whether Kafka keeps it for itself
      const partitions = input.array(() => {
        input.skip(2 + 4) // error, number
        const leader = input.int32()
        input.skip(4) // epoch of the leader
        for (let lists = 0; lists < 3; lists++) input.array(() => input.skip(4)) // replicas, those in sync, those offline
        return { leader }
      })
      return { ...head, partitions, operations: operationsOf(input.int32()) }
    })
    return { brokers, clusterId, topics }
  })
}

export interface Coordinator {
  readonly errorCode: number
  readonly message: string
  readonly host: string
  readonly port: number
}

export function findCoordinatorRequest(group: string): WireRequest<Coordinator> {
  return wireRequest(
    10,
    2,
    'FindCoordinator',
    () => new WireWriter().string(group).int8(0).body(),
    (input) => {
      input.skip(4) // throttle time
      const head = { errorCode: input.int16(), message: input.string() }
      input.skip(4) // number of the broker
      return { ...head, host: input.string(), port: input.int32() }
    },
  )
}

/** DescribeGroups, version 4: what this sign-in may do with a group. Members are of no interest here. */
export function groupRightsRequest(group: string): WireRequest<{ readonly errorCode: number; readonly operations: number | undefined }> {
  return wireRequest(
    15,
    4,
    'DescribeGroups',
    () => new WireWriter().int32(1).string(group).int8(1).body(),
    (input) => {
      input.skip(4) // throttle time
      const groups = input.array(() => {
        const errorCode = input.int16()
        for (let texts = 0; texts < 4; texts++) input.string() // name, state, type, protocol
        input.array(() => {
          input.string()
          input.string() // a static member's name
          input.string()
          input.string()
          input.bytes()
          input.bytes()
        })
        return { errorCode, operations: operationsOf(input.int32()) }
      })
      return groups[0] ?? { errorCode: DoctorCode.none, operations: undefined }
    },
  )
}

/** The least number stands for "not said". */
function operationsOf(bits: number): number | undefined {
  return bits === -2_147_483_648 ? undefined : bits
}

export function mayDo(operations: number, operation: number): boolean {
  return (operations & (1 << operation)) !== 0
}
