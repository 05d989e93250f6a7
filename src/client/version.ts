export { VERSION } from '../domain/app-version';
