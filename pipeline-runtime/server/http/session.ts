import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Who may use the server. The token stands in the address that is printed; whoever brings it gets a cookie that scripts cannot read and
 * that other sites cannot send. Both are new with each start.
 */
export class Session {
  readonly token = secret()
  private readonly cookie = secret()
  private readonly cookieName: string

  /** Cookies know no ports: the name keeps two servers of one machine apart. */
  constructor(port: number) {
    this.cookieName = `millrace_${port}`
  }

  isToken(candidate: string): boolean {
    return equal(candidate, this.token)
  }

  setCookie(): string {
    return `${this.cookieName}=${this.cookie}; Path=/; HttpOnly; SameSite=Strict`
  }

  /** Whether a request's Cookie header holds ours. */
  hasCookie(header: string | undefined): boolean {
    return (header ?? '').split(';').some((pair) => {
      const [name, value = ''] = pair.trim().split('=')
      return name === this.cookieName && equal(value, this.cookie)
    })
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Takes as long for a near miss as for a far one. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
