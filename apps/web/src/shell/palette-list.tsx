import { Autocomplete } from 'react-aria-components/Autocomplete'
import { useFilter } from 'react-aria-components/ComboBox'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Text } from 'react-aria-components/Text'
import { useState } from 'react'
import type { Action } from '../app/actions.ts'
import { useApp } from '../app/use-app.ts'
import { Icon, SearchField } from '../look/index.ts'
import controls from '../look/controls.module.css'
import { useWords } from '../words/use-words.ts'
import css from './shell.module.css'

/** What the palette holds: a field to type in, and what fits. */
export function PaletteList({ listed, onDone }: { readonly listed: readonly Action[]; readonly onDone: () => void }) {
  const words = useWords()
  const { shell } = words
  const { actions } = useApp()
  const [text, setText] = useState('')
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Autocomplete inputValue={text} onInputChange={setText} filter={contains}>
      <SearchField label={shell.palette} clearLabel={shell.clear} value={text} onChange={setText} autoFocus />
      <Menu
        aria-label={shell.openPalette}
        className={`${controls.menu} ${css.paletteList}`}
        items={listed}
        renderEmptyState={() => <p>{shell.paletteEmpty}</p>}
      >
        {(action) => (
          <MenuItem
            id={action.id}
            textValue={action.label(words)}
            className={controls.item!}
            onAction={() => {
              onDone()
              actions.run(action.id)
            }}
          >
            {action.icon && <Icon name={action.icon} />}
            <Text slot="label" className={controls.itemText!}>
              {action.label(words)}
            </Text>
            {action.shortcut && <kbd className={controls.itemKeys}>{action.shortcut.replace('Mod', 'Ctrl')}</kbd>}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  )
}
