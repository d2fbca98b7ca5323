// The provider that `@pulumi/random` names, built as Pulumi builds it: HashiCorp's own behind Pulumi's bridge. Pulumi's
// repository has no tags that Go can fetch. The module's path lets it import HashiCorp's internal package.
package main

import (
	"context"

	pf "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	"github.com/terraform-providers/terraform-provider-random/internal/provider"
)

// Set by the linker to the version of `@pulumi/random`.
var version string

func main() {
	info := tfbridge.ProviderInfo{
		P:                           pf.ShimProvider(provider.New()),
		Name:                        "random",
		Version:                     version,
		MetadataInfo:                tfbridge.NewProviderMetadata([]byte("{}")),
		EnableAccurateBridgePreview: true,
		EnableRawStateDelta:         true,
	}
	named := func(module, name string) (string, error) {
		return tokens.MakeStandard("random")(module, "Random"+name)
	}
	info.MustComputeTokens(tokens.SingleModule("random_", "index", named))
	// Nobody asks this one for its schema.
	pf.Main(context.Background(), "random", info, pf.ProviderMetadata{PackageSchema: []byte("{}")})
}
