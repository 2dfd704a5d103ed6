export { focusSearch, SearchField } from './SearchField.tsx'
