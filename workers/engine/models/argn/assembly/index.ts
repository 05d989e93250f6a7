export { setDropout, setLevels, setRows, setScratch, setTarget } from './context';
export { drawMembers, drawRows, memberProbabilityRows, probabilityRows } from './generate';
export { gatherRows, gemm, scatterRows } from './gemm';
export { accumulateGradients, adamw, evaluateRows } from './train';
export { transpose } from './transpose';
