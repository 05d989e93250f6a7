export { argn } from './argn/family';
export { marginals } from './marginals/family';
