#include "web/asset.h"

#include <string.h>

const struct asset *asset_find(const char *path)
{
	size_t low = 0, high = assets_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(path, assets[middle].path);
		if (!order) return &assets[middle];
		if (order < 0) high = middle;
		else low = middle + 1;
	}
	return NULL;
}

const char *asset_path(const char *name)
{
	for (size_t i = 0; i < assets_count; i++)
		if (!strcmp(assets[i].name, name)) return assets[i].path;
	return NULL;
}
