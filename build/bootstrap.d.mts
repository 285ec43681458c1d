export class BootstrapError extends Error {}
export function checkNode(version?: string): void
