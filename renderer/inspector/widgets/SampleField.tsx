import { SegmentedControl, Select, Switch } from '@mantine/core'
import type { z } from 'zod'
import { shapeNamed } from '../../../pipeline-runtime/samples/samples.ts'
import { isJsonObject, type JsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema, literalValues, nearestMember, shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { fieldFor, fieldsOf, type Path } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import { Info } from '../form/Info.tsx'
import type { FormParts, WidgetProps } from '../form/widget-props.ts'
import { MemberField } from './MemberField.tsx'

/** What a source reads while no cluster is connected: nothing, rows made from a shape, or a file. */
export function SampleField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { def } = bareSchema(field.schema)._zod
  const shape = def.type === 'union' ? memberWith(def, 'shape') : undefined
  const file = def.type === 'union' ? memberWith(def, 'file') : undefined
  if (def.type !== 'union' || shape === undefined || file === undefined) return <MemberField {...props} />
  const member = value === undefined ? undefined : nearestMember(def, value)
  const sample = isJsonObject(value) ? value : {}
  const chosen = member === undefined ? 'none' : member === shape ? 'shape' : 'file'
  const choose = (next: string): void => {
    const first = literalValues(shapeOf(shape)?.shape)[0]
    form.set(field.path, next === 'none' ? undefined : next === 'shape' ? { shape: first } : { file: 'sample.jsonl' }, field.title)
  }
  return (
    <FieldRow field={field} deep={member === undefined}>
      {(control) => (
        <>
          <SegmentedControl
            fullWidth
            aria-labelledby={control.labelId}
            value={chosen}
            data={[
              { value: 'none', label: 'None' },
              { value: 'shape', label: 'Made up' },
              { value: 'file', label: 'A file' },
            ]}
            onChange={choose}
          />
          {member !== undefined && (
            <fieldset className={`${styles.group} ${styles.inside}`} aria-labelledby={control.labelId}>
              {member === shape ? (
                <ShapeFields schema={shape} path={field.path} sample={sample} parts={parts} />
              ) : (
                <parts.Fields schema={file} path={field.path} value={sample} />
              )}
            </fieldset>
          )}
        </>
      )}
    </FieldRow>
  )
}

function memberWith({ options }: z.core.$ZodUnionDef, name: string): z.core.$ZodType | undefined {
  return options.find((option) => Object.hasOwn(shapeOf(option) ?? {}, name))
}

/** A shape by its title, its planted faults as switches, and the finer settings behind a fold. */
function ShapeFields({
  schema,
  path,
  sample,
  parts,
}: {
  readonly schema: z.core.$ZodType
  readonly path: Path
  readonly sample: JsonObject
  readonly parts: FormParts
}) {
  const form = useForm()
  const { shape, faults } = shapeOf(schema) ?? {}
  const known = typeof sample.shape === 'string' ? shapeNamed(sample.shape) : undefined
  const finer = fieldsOf(schema, path).length
  return (
    <div className={styles.fields}>
      {shape !== undefined && (
        <FieldRow field={fieldFor(shape, [...path, 'shape'])} ownMessages>
          {(control) => (
            <>
              <Select
                {...control.inputProps()}
                value={typeof sample.shape === 'string' ? sample.shape : null}
                data={literalValues(shape).map((name) => ({ value: String(name), label: shapeNamed(String(name))?.title ?? String(name) }))}
                allowDeselect={false}
                onChange={(next) => form.set(path, { ...withoutFaults(sample), shape: next }, 'Sample data')}
              />
              {known !== undefined && <p className={styles.hint}>{known.description}</p>}
            </>
          )}
        </FieldRow>
      )}
      {known !== undefined && faults !== undefined && known.faults.length > 0 && (
        <FieldRow field={fieldFor(faults, [...path, 'faults'])}>
          {() =>
            known.faults.map((fault) => {
              const set = isJsonObject(sample.faults) ? sample.faults : {}
              return (
                <div key={fault.name} className={styles.row}>
                  <Switch
                    label={fault.title}
                    checked={set[fault.name] !== false}
                    onChange={(event) =>
                      form.set([...path, 'faults'], faultsWith(set, fault.name, event.currentTarget.checked), fault.title)
                    }
                  />
                  <Info title={fault.title} description={fault.description} term={undefined} />
                </div>
              )
            })
          }
        </FieldRow>
      )}
      {finer > 2 && (
        <details className={styles.fold}>
          <summary className={styles.foldTitle}>Speed, delays and size</summary>
          <parts.Fields schema={schema} path={path} value={sample} without={['shape', 'faults']} />
        </details>
      )}
    </div>
  )
}

function withoutFaults({ faults: _faults, ...rest }: JsonObject): JsonObject {
  return rest
}

/** Faults are on unless they are named as off. */
function faultsWith(faults: JsonObject, name: string, on: boolean): JsonObject | undefined {
  const { [name]: _gone, ...rest } = faults
  const next = on ? rest : { ...rest, [name]: false }
  return Object.keys(next).length === 0 ? undefined : next
}
