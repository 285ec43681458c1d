export declare function countReport(report: unknown): { readonly passed: number; readonly failed: number }
