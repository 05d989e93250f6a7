export { argn } from './argn/family';
