export { checkResponse } from './check-response.ts';
export {
  type PrismViolation,
  prismViolation,
  type ValidationEntry,
  validationEntry,
  violationsHeader,
} from './prism-violation.ts';
