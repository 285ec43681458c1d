export declare function countReport(report: unknown): { readonly passed: number; readonly failed: number }
export declare function failuresOf(report: unknown): readonly string[]
