import net from 'node:net'
import tls from 'node:tls'
import type { WireRequest } from '../kafkajs-cluster.ts'
import { type KafkaSignIn, tlsOptions } from '../sign-in.ts'
import { WireReader, WireWriter } from '../wire-protocol.ts'

export interface Place {
  readonly host: string
  readonly port: number
}

/** A line to one broker for a few requests, one after the other. Every failure keeps its own reason. */
export class WireSocket {
  readonly #socket: net.Socket
  readonly #timeoutMs: number
  #received = Buffer.alloc(0)
  #correlation = 0
  #failure: Error | undefined
  #wake: () => void = () => {}

  private constructor(socket: net.Socket, timeoutMs: number) {
    this.#socket = socket
    this.#timeoutMs = timeoutMs
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#wake()
    })
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new LineClosed()))
  }

  /** A TCP connection. Rejects with the error of the system, or `LineTimeout`. */
  static async connect({ host, port }: Place, timeoutMs: number): Promise<WireSocket> {
    const socket = net.connect({ host, port })
    await settled(socket, 'connect', timeoutMs)
    return new WireSocket(socket, timeoutMs)
  }

  /** A TCP connection that is encrypted at once. Rejects with what TLS says. */
  static async connectTls(place: Place, options: tls.ConnectionOptions, timeoutMs: number): Promise<WireSocket> {
    const servername = net.isIP(place.host) === 0 ? { servername: place.host } : {}
    const socket = tls.connect({ ...place, ...servername, ...options })
    await settled(socket, 'secureConnect', timeoutMs)
    return new WireSocket(socket, timeoutMs)
  }

  static open(place: Place, signIn: KafkaSignIn, timeoutMs: number): Promise<WireSocket> {
    return signIn.tls === undefined ? WireSocket.connect(place, timeoutMs) : WireSocket.connectTls(place, tlsOptions(signIn.tls), timeoutMs)
  }

  /** What TLS agreed on: `TLSv1.3`, and whom the certificate is for. */
  get encryption(): { readonly protocol: string; readonly subject: string; readonly validTo: string } | undefined {
    if (!(this.#socket instanceof tls.TLSSocket)) return undefined
    const { subject, valid_to } = this.#socket.getPeerCertificate()
    return { protocol: this.#socket.getProtocol() ?? 'TLS', subject: commonName(subject), validTo: valid_to }
  }

  async send<T>({ request, response }: WireRequest<T>): Promise<T> {
    const correlation = ++this.#correlation
    const { buffer } = await request.encode()
    const head = new WireWriter().int16(request.apiKey).int16(request.apiVersion).int32(correlation).string('millrace-doctor').body()
    this.#socket.write(new WireWriter().bytes(Buffer.concat([head, buffer])).body())
    const answer = await this.#answer()
    const body = new WireReader(answer)
    if (body.int32() !== correlation) throw new NotKafka()
    try {
      return await response.parse(await response.decode(answer.subarray(4)))
    } catch {
      throw new NotKafka()
    }
  }

  close(): void {
    this.#socket.destroy()
  }

  async #answer(): Promise<Buffer> {
    const deadlineMs = Date.now() + this.#timeoutMs
    for (;;) {
      const size = this.#received.length < 4 ? undefined : this.#received.readInt32BE(0)
      if (size !== undefined && (size < 4 || size > 64 << 20)) throw new NotKafka()
      if (size !== undefined && this.#received.length >= 4 + size) {
        const answer = this.#received.subarray(4, 4 + size)
        this.#received = this.#received.subarray(4 + size)
        return answer
      }
      if (this.#failure !== undefined) throw this.#failure
      const restMs = deadlineMs - Date.now()
      if (restMs <= 0) throw new LineTimeout(this.#timeoutMs)
      await this.#woken(restMs)
    }
  }

  #woken(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** The first reason counts: after it the socket only says that it is closed. */
  #fail(error: Error): void {
    this.#failure ??= error
    this.#wake()
  }
}

/** Nothing came in time. */
export class LineTimeout extends Error {
  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs / 1000} s`)
  }
}

/** The other side hung up without a word. */
class LineClosed extends Error {
  constructor() {
    super('the other side closed the connection')
  }
}

/** What came is no answer of Kafka. */
class NotKafka extends Error {
  constructor() {
    super('the answer is not one of Kafka')
  }
}

function settled(socket: net.Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(new LineTimeout(timeoutMs)), timeoutMs)
    const onError = (error: Error) => done(error)
    const onClose = () => done(new LineClosed())
    const onReady = () => done(undefined)
    function done(error: Error | undefined): void {
      clearTimeout(timer)
      socket.off('close', onClose).off(event, onReady)
      if (error === undefined) {
        socket.off('error', onError)
        resolve()
      } else {
        socket.destroy() // its last errors go to the listener that is left
        reject(error)
      }
    }
    socket.on('error', onError).on('close', onClose).on(event, onReady)
  })
}

function commonName(subject: tls.PeerCertificate['subject'] | undefined): string {
  const name = subject?.CN
  return Array.isArray(name) ? name.join(', ') : (name ?? '')
}
