export interface LayerViolation {
  readonly rule: string
  readonly from: string
  readonly to: string
  readonly via: readonly string[]
}

export const ruleNames: readonly string[]
export function checkLayers(root: string): Promise<{ readonly modules: number; readonly violations: readonly LayerViolation[] }>
