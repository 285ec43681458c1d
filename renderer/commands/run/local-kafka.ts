import type { Command } from '../command.ts'

export const localKafka: Command = {
  id: 'run.local-kafka',
  title: 'Look into the local Kafka…',
  menu: 'run',
  scope: 'everywhere',
  run: ({ view }) => view.setState({ dialog: { type: 'local-kafka' } }),
}
