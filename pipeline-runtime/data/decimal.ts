/**
 * An exact decimal number: `unscaled / 10^scale`. Values are kept at the scale of their column's type;
 * two decimals are equal when they stand for the same number, whatever their scales.
 */
export class Decimal {
  readonly unscaled: bigint
  readonly scale: number

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled
    this.scale = scale
  }

  /** Reads `-12.50`, `1e3`, `.5`; undefined for anything that is not a decimal number or has an exponent beyond ±400. */
  static parse(text: string): Decimal | undefined {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
    if (match === null) return undefined
    const whole = match[2] ?? ''
    const fraction = match[3] ?? ''
    const exponent = Number(match[4] ?? 0)
    if (whole.length + fraction.length === 0 || Math.abs(exponent) > 400) return undefined
    const digits = BigInt(whole + fraction)
    const unscaled = match[1] === '-' ? -digits : digits
    const scale = fraction.length - exponent
    return scale >= 0 ? new Decimal(unscaled, scale) : new Decimal(unscaled * powerOfTen(-scale), 0)
  }

  static fromInteger(value: number | bigint): Decimal {
    return new Decimal(BigInt(value), 0)
  }

  /** The same number at another scale, rounded half away from zero as Flink rounds on assignment. */
  toScale(scale: number): Decimal {
    if (scale === this.scale) return this
    if (scale > this.scale) return new Decimal(this.unscaled * powerOfTen(scale - this.scale), scale)
    return new Decimal(divideHalfUp(this.unscaled, powerOfTen(this.scale - scale)), scale)
  }

  /** Whether the number needs no more than `precision` digits at its scale. */
  fits(precision: number): boolean {
    const limit = powerOfTen(precision)
    return this.unscaled < limit && this.unscaled > -limit
  }

  toNumber(): number {
    return Number(this.toString())
  }

  /** The digits cut towards zero at the point. */
  toBigInt(): bigint {
    return this.unscaled / powerOfTen(this.scale)
  }

  toString(): string {
    if (this.scale === 0) return this.unscaled.toString()
    const negative = this.unscaled < 0n
    const digits = (negative ? -this.unscaled : this.unscaled).toString().padStart(this.scale + 1, '0')
    const point = digits.length - this.scale
    return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
  }
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const left = a.toScale(scale).unscaled
  const right = b.toScale(scale).unscaled
  return left < right ? -1 : left > right ? 1 : 0
}

const POWERS: bigint[] = Array.from({ length: 80 }, (_, i) => 10n ** BigInt(i))

export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent)
}

/** Quotient rounded half away from zero; `divisor` above zero. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const rest = dividend % divisor
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice < divisor) return quotient
  return dividend < 0n ? quotient - 1n : quotient + 1n
}
