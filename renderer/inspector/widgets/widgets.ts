import type { ComponentType } from 'react'
import type { Widget } from '../form/form-field.ts'
import type { WidgetProps } from '../form/widget-props.ts'
import { AggregatesField } from './AggregatesField.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import { ColumnField } from './ColumnField.tsx'
import { ColumnListField } from './ColumnListField.tsx'
import { ConnectionField } from './ConnectionField.tsx'
import { DurationField } from './DurationField.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { GroupField } from './GroupField.tsx'
import { JsonField } from './JsonField.tsx'
import { ListField } from './ListField.tsx'
import { MemberField } from './MemberField.tsx'
import { NumberField } from './NumberField.tsx'
import { PathField } from './PathField.tsx'
import { RecordField } from './RecordField.tsx'
import { SampleField } from './SampleField.tsx'
import { SelectColumnsField } from './SelectColumnsField.tsx'
import { SourceColumnsField } from './SourceColumnsField.tsx'
import { SwitchField } from './SwitchField.tsx'
import { TextField } from './TextField.tsx'
import { TimeField } from './TimeField.tsx'
import { TimeZoneField } from './TimeZoneField.tsx'
import { TopicField } from './TopicField.tsx'
import { TypeField } from './TypeField.tsx'
import { WindowField } from './WindowField.tsx'

/** The control of each widget. A definition names one by `meta.widget`; else the type decides. */
export const widgets: Readonly<Record<Widget, ComponentType<WidgetProps>>> = {
  expression: ExpressionField,
  column: ColumnField,
  'column-list': ColumnListField,
  'column-name': TextField,
  duration: DurationField,
  'source-columns': SourceColumnsField,
  'select-columns': SelectColumnsField,
  aggregates: AggregatesField,
  window: WindowField,
  connection: ConnectionField,
  topic: TopicField,
  path: PathField,
  sample: SampleField,
  type: TypeField,
  'time-zone': TimeZoneField,
  text: TextField,
  number: NumberField,
  switch: SwitchField,
  choice: ChoiceField,
  time: TimeField,
  'text-list': ColumnListField,
  list: ListField,
  group: GroupField,
  member: MemberField,
  record: RecordField,
  json: JsonField,
  fixed: () => null,
}
