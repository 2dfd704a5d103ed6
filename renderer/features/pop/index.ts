export { NameForm } from './NameForm.tsx'
export { PopPage } from './PopPage.tsx'
export { PopStack } from './PopStack.tsx'
