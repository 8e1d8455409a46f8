import { Button as AriaButton } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import css from './controls.module.css'
import { Icon } from './icon.tsx'

export interface SearchFieldProps {
  readonly label: string
  readonly clearLabel: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit?: (value: string) => void
  readonly placeholder?: string
  readonly autoFocus?: boolean
  /** Id of the list of what was found, where the arrow keys choose from one (ARIA: combobox). */
  readonly listId?: string
  readonly isListOpen?: boolean
  /** Id of what the arrow keys are at. */
  readonly activeId?: string
}

/** Searches as one types; Escape empties it. */
export function SearchField({
  label,
  clearLabel,
  placeholder,
  listId,
  isListOpen = false,
  activeId,
  ...props
}: SearchFieldProps) {
  const combined =
    listId === undefined
      ? {}
      : {
          role: 'combobox',
          'aria-autocomplete': 'list' as const,
          'aria-expanded': isListOpen,
          ...(isListOpen ? { 'aria-controls': listId } : {}),
          ...(activeId === undefined ? {} : { 'aria-activedescendant': activeId }),
        }
  return (
    <AriaSearchField {...props} aria-label={label} className={css.search!}>
      <span className={css.searchIcon}>
        <Icon name="search" />
      </span>
      <Input className={css.input!} placeholder={placeholder ?? label} {...combined} />
      <AriaButton className={css.searchClear!} aria-label={clearLabel}>
        <Icon name="close" size={16} />
      </AriaButton>
    </AriaSearchField>
  )
}
