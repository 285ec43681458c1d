import { NativeSelect, Switch, TextInput } from '@mantine/core'
import type { KafkaSecretField } from '../../pipeline-runtime/connectors/kafka/connection.ts'
import { Info } from '../inspector/form/Info.tsx'
import { withSetting } from './connection-draft.ts'
import styles from './connections.module.css'
import type { FieldRowProps } from './field-row-props.ts'
import { PemField } from './PemField.tsx'
import { SecretField } from './SecretField.tsx'

/** One setting of a connection, with the control that its definition asks for. */
export function ConnectionFieldRow(props: FieldRowProps) {
  const { field, draft, error, autoFocus, onChange, onLeave } = props
  const { name, title, description, term, widget, choices, placeholder, usually } = field
  const value = draft.config[name]
  const text = typeof value === 'string' ? value : ''
  switch (widget) {
    case 'switch':
      return (
        <div className={styles.switchRow}>
          <Switch
            label={title}
            checked={typeof value === 'boolean' ? value : usually}
            onChange={(event) => {
              const { checked } = event.currentTarget
              onChange(withSetting(draft, name, checked === usually ? undefined : checked))
            }}
          />
          <Info title={title} description={description} term={term} />
        </div>
      )
    case 'choice':
      return (
        <NativeSelect
          label={title}
          description={description}
          value={text}
          error={error}
          data={[{ value: '', label: 'None' }, ...choices]}
          onChange={(event) => onChange(withSetting(draft, name, event.currentTarget.value === '' ? undefined : event.currentTarget.value))}
        />
      )
    case 'pem':
      return (
        <PemField field={field} value={text} error={error} onChange={(pem) => onChange(withSetting(draft, name, pem))} onLeave={onLeave} />
      )
    case 'secret':
    case 'secret-file':
      // as: the fields that the definition calls secret are these
      return <SecretField {...props} secret={name as KafkaSecretField} />
    case 'text':
      return (
        <TextInput
          {...(autoFocus ? { 'data-autofocus': true } : {})}
          label={title}
          description={description}
          placeholder={placeholder}
          value={text}
          error={error}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(withSetting(draft, name, event.currentTarget.value))}
          onBlur={onLeave}
        />
      )
  }
}
