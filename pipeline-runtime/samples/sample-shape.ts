export { type OpenedSample, openShape, type SampleConfig, type ShapeSample, sampleConfig } from './sample-config.ts'
export type { SampleDefaults, SampleFault, SampleOptions, SampleRecord, SampleShape } from './shape.ts'
