import { late } from '../app/late.ts'

export const chartPart = late(() => import('./ChartView.tsx'))
