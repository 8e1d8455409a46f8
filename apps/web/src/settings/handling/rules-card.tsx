import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Badge, Button, Card, IconButton, Quiet, SortableList } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from './handling.module.css'
import type { Rule } from './rule-draft.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { ruleText } from './rule-text.ts'
import { useForwarding } from './use-forwarding.ts'

type Row = Rule & { readonly id: string; readonly at: number }

/** My rules in their order: the first that fits decides. */
export function RulesCard() {
  const words = useWords()
  const { handling } = words
  const { showFault, toasts } = useApp()
  const { saved, put } = useForwarding()
  const submit = useSubmit()
  const [edited, setEdited] = useState<{ readonly at: number | undefined }>()
  if (!saved) return null
  const rules = saved.rules.rules ?? []
  const rows = rules.map((rule, at): Row => ({ ...rule, at, id: `${at} ${rule.name}` }))
  const replace = async (next: readonly Rule[]) => {
    const { rules: _, ...others } = saved.rules
    await put({ ...others, ...(next.length > 0 ? { rules: [...next] } : {}) })
  }
  const save = (next: readonly Rule[]) =>
    submit.run(async () => {
      await replace(next)
      setEdited(undefined)
      toasts.show({ tone: 'good', text: words.settings.saved })
    })
  const open = (at: number | undefined) => {
    submit.reset()
    setEdited({ at })
  }
  const at = edited?.at
  return (
    <Card
      title={handling.rules}
      tools={
        <Button icon="plus" onPress={() => open(undefined)}>
          {handling.rule.make}
        </Button>
      }
    >
      <Quiet>{handling.rulesHint}</Quiet>
      {rows.length > 0 && (
        <SortableList<Row>
          label={handling.rules}
          rows={rows}
          textOf={({ name }) => name}
          handleLabel={({ name }) => handling.move(name)}
          onOrder={(ids) => {
            replace(ids.flatMap((id) => rules[rows.findIndex((row) => row.id === id)] ?? [])).catch(showFault)
          }}
          onOpen={(row) => open(row.at)}
          row={(row) => (
            <>
              <span className={css.row}>
                <span className={css.name}>{row.name}</span>
                <span className={css.under}>{ruleText(row, words, saved.names)}</span>
              </span>
              {row.isOff && <Badge>{handling.rule.off}</Badge>}
              <IconButton icon="edit" size="small" label={handling.rule.edit(row.name)} onPress={() => open(row.at)} />
            </>
          )}
        />
      )}
      {edited && (
        <RuleDialog
          key={String(at)}
          rule={at === undefined ? undefined : rules[at]}
          submit={submit}
          onSave={(rule) => save(at === undefined ? [...rules, rule] : rules.map((one, i) => (i === at ? rule : one)))}
          onRemove={at === undefined ? undefined : () => save(rules.filter((_, i) => i !== at))}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Card>
  )
}
