export { setDropout, setLevels, setRows, setScratch, setTarget } from './context';
export { drawRows, probabilityRows } from './generate';
export { drawMembers, memberProbabilityRows } from './members';
export { gatherRows, gemm, scatterRows } from './gemm';
export { accumulateClipped, addNoise } from './private';
export { accumulateGradients, adamw, evaluateRows } from './train';
export { transpose } from './transpose';
