/** Categories as the tree that a cascader shows. */
import { listCategories, type Category } from "./calls";

export type CategoryNode = {
  value: string;
  label: string;
  children?: CategoryNode[];
};

export function treeOf(categories: readonly Category[], parent: string | null = null): CategoryNode[] {
  return categories
    .filter((each) => each.parent_id === parent)
    .sort((a, b) => a.position - b.position || a.name.localeCompare(b.name, "zh-CN"))
    .map((each) => {
      const children = treeOf(categories, each.id);
      return { value: each.id, label: each.name, ...(children.length ? { children } : {}) };
    });
}

export async function categoryTree(): Promise<CategoryNode[]> {
  return treeOf(await listCategories());
}
