export type LocalKafkaErrorCode =
  | 'JAVA_MISSING'
  | 'JAVA_TOO_OLD'
  | 'MAVEN_MISSING'
  | 'JARS_NOT_FETCHED'
  | 'PACKAGE_DAMAGED'
  | 'PORT_IN_USE'
  | 'DATA_DIR_IN_USE'
  | 'DATA_DIR_NOT_USABLE'
  | 'DISK_FULL'
  | 'BROKER_NOT_STARTED'
  | 'BROKER_NOT_STOPPED'
  | 'RUNS_ALREADY'

/** What went wrong with the local broker, and in the same message what to do about it. */
export class LocalKafkaError extends Error {
  override readonly name = 'LocalKafkaError'
  readonly code: LocalKafkaErrorCode

  constructor(code: LocalKafkaErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
