import type { NodeExample } from '../../spec/node-kind.ts'
import type { AggregateName } from './aggregates.ts'

/** The input form of the config, spelled out since the definition imports this file. */
interface ConfigInput {
  readonly groupBy?: string[] | undefined
  readonly window: { readonly type: 'tumbling'; readonly sizeMs: number; readonly offsetMs?: number | undefined }
  readonly aggregates: { readonly as: string; readonly function: AggregateName; readonly of?: string | undefined }[]
  readonly emit: 'final' | 'updates'
  readonly allowedLatenessMs?: number | undefined
}

const columns = { country: 'STRING', amount: 'DOUBLE' }
const firstMinute = { window_start: '1970-01-01T00:00:00.000Z', window_end: '1970-01-01T00:01:00.000Z' }

export const examples: readonly NodeExample<ConfigInput>[] = [
  {
    title: 'What each country spends, minute by minute',
    config: {
      groupBy: ['country'],
      window: { type: 'tumbling', sizeMs: 60_000 },
      aggregates: [
        { as: 'purchases', function: 'count' },
        { as: 'revenue', function: 'sum', of: 'amount' },
      ],
      emit: 'final',
    },
    given: {
      in: {
        columns,
        rows: [
          { country: 'NL', amount: 1, $timestamp: 1000 },
          { country: 'DE', amount: 2.5, $timestamp: 2000 },
          { country: 'DE', amount: 0.5, $timestamp: 59_999 },
          { country: 'DE', amount: 7, $timestamp: 60_000 },
        ],
      },
    },
    expect: {
      out: [
        { country: 'DE', ...firstMinute, purchases: 2, revenue: 3, $timestamp: 59_999 },
        { country: 'NL', ...firstMinute, purchases: 1, revenue: 1, $timestamp: 59_999 },
        {
          country: 'DE',
          window_start: '1970-01-01T00:01:00.000Z',
          window_end: '1970-01-01T00:02:00.000Z',
          purchases: 1,
          revenue: 7,
          $timestamp: 119_999,
        },
      ],
    },
  },
  {
    title: 'Kept up to date while rows arrive',
    config: {
      window: { type: 'tumbling', sizeMs: 60_000 },
      aggregates: [{ as: 'largest', function: 'max', of: 'amount' }],
      emit: 'updates',
    },
    given: {
      in: {
        columns,
        rows: [
          { country: 'NL', amount: 1, $timestamp: 1000 },
          { country: 'DE', amount: 3, $timestamp: 2000 },
        ],
      },
    },
    expect: {
      out: [
        { ...firstMinute, largest: 1, $kind: 'UPSERT' },
        { ...firstMinute, largest: 3, $kind: 'UPSERT' },
      ],
    },
  },
  {
    title: 'A late row is counted and kept',
    config: { window: { type: 'tumbling', sizeMs: 60_000 }, aggregates: [{ as: 'rows', function: 'count' }], emit: 'final' },
    given: {
      in: {
        columns,
        rows: [
          { country: 'NL', amount: 1, $timestamp: 1000 },
          { country: 'DE', amount: 2, $timestamp: 2000, $watermark: 59_999 },
        ],
      },
    },
    expect: {
      out: [{ ...firstMinute, rows: 1 }],
      late: [{ country: 'DE', amount: 2, missed_windows: [firstMinute] }],
    },
  },
]
