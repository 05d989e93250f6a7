export { argn } from './argn/family';
export { gaussianCopula } from './gaussian_copula/family';
export { marginals } from './marginals/family';
