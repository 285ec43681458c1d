import { apiCalls } from './api-calls.ts'
import { pageViews } from './page-views.ts'
import { purchases } from './purchases.ts'
import type { SampleShape } from './sample-shape.ts'
import { sensorReadings } from './sensor-readings.ts'
import { signIns } from './sign-ins.ts'

export const sampleShapes: readonly SampleShape[] = [purchases, pageViews, signIns, apiCalls, sensorReadings]

export function shapeNamed(name: string): SampleShape | undefined {
  return sampleShapes.find((shape) => shape.name === name)
}
